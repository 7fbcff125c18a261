package main

import (
	"encoding/json"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/tlog"
)

// largest is the largest tree of the vectors: past a full tree of eight, so that every shape of edge occurs.
const largest = 13

type inclusion struct {
	Size  int64       `json:"size"`
	Index int64       `json:"index"`
	Leaf  tlog.Hash   `json:"leaf"`
	Root  tlog.Hash   `json:"root"`
	Path  []tlog.Hash `json:"path"`
}

type consistency struct {
	Old     int64       `json:"old"`
	New     int64       `json:"new"`
	OldRoot tlog.Hash   `json:"old_root"`
	NewRoot tlog.Hash   `json:"new_root"`
	Path    []tlog.Hash `json:"path"`
}

// A tree keeps hashes as sumdb stores them.
type tree []tlog.Hash

func (t tree) ReadHashes(places []int64) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, place := range places {
		found = append(found, t[place])
	}
	return found, nil
}

// writeVectors writes the roots, audit paths and consistency proofs of trees whose entry N is the text "entry N".
func writeVectors(out io.Writer) error {
	var hashes tree
	roots := []tlog.Hash{}
	var inclusions []inclusion
	var consistencies []consistency
	for size := int64(1); size <= largest; size++ {
		stored, err := tlog.StoredHashes(size-1, []byte(fmt.Sprintf("entry %d", size-1)), hashes)
		if err != nil {
			return err
		}
		hashes = append(hashes, stored...)
		root, err := tlog.TreeHash(size, hashes)
		if err != nil {
			return err
		}
		roots = append(roots, root)
		for index := int64(0); index < size; index++ {
			path, err := tlog.ProveRecord(size, index, hashes)
			if err != nil {
				return err
			}
			leaf := tlog.RecordHash([]byte(fmt.Sprintf("entry %d", index)))
			inclusions = append(inclusions, inclusion{size, index, leaf, root, path})
		}
		for old := int64(1); old <= size; old++ {
			path, err := tlog.ProveTree(size, old, hashes)
			if err != nil {
				return err
			}
			consistencies = append(consistencies, consistency{old, size, roots[old-1], root, path})
		}
	}
	made := map[string]any{"inclusion": inclusions, "consistency": consistencies}
	return json.NewEncoder(out).Encode(made)
}
