package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// checkProofs checks tlog-proof files: their checkpoint is signed, and the entry made of what they carry is in it.
func checkProofs(keyFile string, files []string) error {
	key, err := readKey(keyFile)
	if err != nil {
		return err
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		index, head, err := checkProof(data, key)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		fmt.Printf("holds: %s: entry %d of %d\n", file, index, head.tree.N)
	}
	return nil
}

func checkProof(data []byte, key note.Verifier) (int64, checkpoint, error) {
	before, after, found := bytes.Cut(data, []byte("\n\n"))
	lines := strings.Split(string(before), "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return 0, checkpoint{}, errors.New("it is no tlog-proof")
	}
	if !strings.HasPrefix(lines[1], "extra ") {
		return 0, checkpoint{}, errors.New("it carries neither event nor entry")
	}
	entry, err := entryOf(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return 0, checkpoint{}, err
	}
	index, path, err := indexAndPath(lines[2:])
	if err != nil {
		return 0, checkpoint{}, err
	}
	head, err := openCheckpoint(after, key)
	if err != nil {
		return 0, checkpoint{}, err
	}
	if index >= head.tree.N {
		return 0, checkpoint{}, errors.New("the checkpoint has no such entry")
	}
	return index, head, tlog.CheckRecord(path, head.tree.N, head.tree.Hash, index, tlog.RecordHash(entry))
}

func indexAndPath(lines []string) (int64, tlog.RecordProof, error) {
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return 0, nil, errors.New("it names no index")
	}
	index, err := strconv.ParseInt(lines[0][len("index "):], 10, 64)
	if err != nil || index < 0 {
		return 0, nil, errors.New("its index is no number")
	}
	path := tlog.RecordProof{}
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return 0, nil, err
		}
		path = append(path, hash)
	}
	return index, path, nil
}

// entryOf makes the 32 bytes of an entry out of the extra line: from salt and event, or as given where the event is withheld.
func entryOf(extra string) ([]byte, error) {
	data, err := base64.StdEncoding.DecodeString(extra)
	if err != nil {
		return nil, err
	}
	var carried struct {
		Entry string          `json:"entry"`
		Salt  string          `json:"salt"`
		Event json.RawMessage `json:"event"`
	}
	if err := json.Unmarshal(data, &carried); err != nil {
		return nil, err
	}
	if carried.Event == nil {
		return hex.DecodeString(carried.Entry)
	}
	salt, err := hex.DecodeString(carried.Salt)
	if err != nil {
		return nil, err
	}
	whole := append([]byte("tawthiq/log-entry/1\n"), salt...)
	digest := sha256.Sum256(append(whole, carried.Event...))
	return digest[:], nil
}
