package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A checkpoint is the signed head of a log (C2SP tlog-checkpoint).
type checkpoint struct {
	origin string
	tree   tlog.Tree
}

// readKey gives the verifier key that a file holds in one line.
func readKey(file string) (note.Verifier, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return note.NewVerifier(strings.TrimSuffix(string(data), "\n"))
}

// openCheckpoint gives the head that a signed note states, once all of the verifiers are seen to have signed it.
func openCheckpoint(data []byte, verifiers ...note.Verifier) (checkpoint, error) {
	opened, err := note.Open(data, note.VerifierList(verifiers...))
	if err != nil {
		return checkpoint{}, err
	}
	for _, wanted := range verifiers {
		signed := false
		for _, signature := range opened.Sigs {
			signed = signed || (signature.Name == wanted.Name() && signature.Hash == wanted.KeyHash())
		}
		if !signed {
			return checkpoint{}, fmt.Errorf("%s has not signed it", wanted.Name())
		}
	}
	head, err := parseCheckpoint(opened.Text)
	if err == nil && head.origin != verifiers[0].Name() {
		err = fmt.Errorf("it belongs to the log %s", head.origin)
	}
	return head, err
}

func parseCheckpoint(text string) (checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return checkpoint{}, errors.New("a checkpoint has three lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return checkpoint{}, errors.New("the size is no number")
	}
	root, err := tlog.ParseHash(lines[2])
	return checkpoint{lines[0], tlog.Tree{N: size, Hash: root}}, err
}

// A witness checks cosignatures (C2SP tlog-cosignature, cosignature/v1, Ed25519), which sumdb/note does not know.
type witness struct {
	name   string
	id     uint32
	public ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.id }

// Verify takes eight bytes of seconds and 64 of signature over a header, the time and the text.
func (w witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	seconds := binary.BigEndian.Uint64(signature[:8])
	message := append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", seconds)), text...)
	return ed25519.Verify(w.public, message, signature[8:])
}

// newWitness reads a verifier key of type 0x04: name, ID in hexadecimal, base64 of type and public key.
func newWitness(text string) (witness, error) {
	parts := strings.SplitN(text, "+", 3)
	if len(parts) != 3 {
		return witness{}, errors.New("a witness key has three parts")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != 4 {
		return witness{}, errors.New("it is not a witness key (type 0x04)")
	}
	digest := sha256.Sum256(bytes.Join([][]byte{[]byte(parts[0] + "\n"), key}, nil))
	id := binary.BigEndian.Uint32(digest[:4])
	if fmt.Sprintf("%08x", id) != parts[1] {
		return witness{}, errors.New("name and ID of the witness key do not agree")
	}
	return witness{parts[0], id, ed25519.PublicKey(key[1:])}, nil
}

func checkCosigned(keyFile, witnessKey, file string) error {
	key, err := readKey(keyFile)
	if err != nil {
		return err
	}
	other, err := newWitness(witnessKey)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	head, err := openCheckpoint(data, key, other)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	fmt.Printf("holds: %s: %d entries, cosigned by %s\n", file, head.tree.N, other.name)
	return nil
}
