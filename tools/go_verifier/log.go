package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

// A folder reads the tiles of a log (C2SP tlog-tiles), whose paths lack the height that sumdb puts into them.
type folder string

func (f folder) Height() int { return tileHeight }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range tiles {
		data, err := f.tile(tile)
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

// tile reads a tile; where a narrower one is asked for than is there, its beginning.
func (f folder) tile(tile tlog.Tile) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(string(f), tilePath(tile)))
	if err == nil || tile.W == 1<<tileHeight {
		return data, err
	}
	full := tile
	full.W = 1 << tileHeight
	candidates, _ := filepath.Glob(filepath.Join(string(f), tilePath(full)+".p", "*"))
	for _, candidate := range append(candidates, filepath.Join(string(f), tilePath(full))) {
		data, err := os.ReadFile(candidate)
		if err == nil && len(data) >= tile.W*tlog.HashSize {
			return data[:tile.W*tlog.HashSize], nil
		}
	}
	return nil, fmt.Errorf("%s is missing", tilePath(tile))
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func tilePath(tile tlog.Tile) string {
	return strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight), "tile/", 1)
}

// readHead opens the checkpoint of a log.
func readHead(keyFile, file string) (checkpoint, error) {
	key, err := readKey(keyFile)
	if err != nil {
		return checkpoint{}, err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return checkpoint{}, err
	}
	return openCheckpoint(data, key)
}

// checkLog holds every entry against its leaf in the tiles, and the tiles against the signed root.
func checkLog(keyFile, path string) error {
	head, err := readHead(keyFile, filepath.Join(path, "checkpoint"))
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(head.tree, folder(path))
	entries, err := readEntries(path, head.tree.N)
	if err != nil {
		return err
	}
	var places []int64
	for number := range entries {
		places = append(places, tlog.StoredHashIndex(0, int64(number)))
	}
	leaves, err := reader.ReadHashes(places)
	if err != nil {
		return err
	}
	for number, leaf := range leaves {
		if leaf != tlog.RecordHash(entries[number]) {
			return fmt.Errorf("entry %d is not the one in the tree", number)
		}
	}
	fmt.Printf("holds: %d entries of %s\n", head.tree.N, head.origin)
	return nil
}

// readEntries reads all entry bundles: each entry behind its length in two bytes.
func readEntries(path string, size int64) ([][]byte, error) {
	var entries [][]byte
	for start := int64(0); start < size; start += 1 << tileHeight {
		width := size - start
		if width > 1<<tileHeight {
			width = 1 << tileHeight
		}
		name := tilePath(tlog.Tile{H: tileHeight, L: 0, N: start >> tileHeight, W: int(width)})
		data, err := os.ReadFile(filepath.Join(path, strings.Replace(name, "tile/0/", "tile/entries/", 1)))
		if err != nil {
			return nil, err
		}
		for len(data) >= 2 {
			length := int(binary.BigEndian.Uint16(data))
			if len(data) < 2+length {
				return nil, errors.New("a bundle ends inside an entry")
			}
			entries = append(entries, data[2:2+length])
			data = data[2+length:]
		}
	}
	if int64(len(entries)) != size {
		return nil, fmt.Errorf("there are %d entries where the checkpoint has %d", len(entries), size)
	}
	return entries, nil
}

// checkConsistency proves from the tiles that the log extends an older checkpoint.
func checkConsistency(keyFile, oldFile, path string) error {
	old, err := readHead(keyFile, oldFile)
	if err != nil {
		return err
	}
	head, err := readHead(keyFile, filepath.Join(path, "checkpoint"))
	if err != nil {
		return err
	}
	if old.tree.N > head.tree.N {
		return fmt.Errorf("the log has %d entries, fewer than the older %d", head.tree.N, old.tree.N)
	}
	proof, err := tlog.ProveTree(head.tree.N, old.tree.N, tlog.TileHashReader(head.tree, folder(path)))
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(proof, head.tree.N, head.tree.Hash, old.tree.N, old.tree.Hash); err != nil {
		return err
	}
	fmt.Printf("holds: the log of %d entries extends that of %d\n", head.tree.N, old.tree.N)
	return nil
}
