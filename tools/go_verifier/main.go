// Command tlogcheck checks logs, proofs and checkpoints of Tawthiq with none of Tawthiq's code: golang.org/x/mod/sumdb.
//
// It follows the public formats only (C2SP signed-note, tlog-checkpoint, tlog-tiles, tlog-proof, tlog-cosignature) and
// docs/custody-format.md for what an entry is. It reads files and prints; it writes nothing and uses no network.
//
//	tlogcheck proof KEYFILE FILE...            each tlog-proof leads to a checkpoint that the key signed
//	tlogcheck log KEYFILE LOGFOLDER            checkpoint, tiles and entries of a whole log agree
//	tlogcheck consistency KEYFILE OLD LOGFOLDER  the log extends the older checkpoint in the file OLD
//	tlogcheck cosigned KEYFILE WITNESSKEY FILE   the checkpoint also carries a sound cosignature of that witness
//	tlogcheck vectors                          Merkle vectors as JSON, made by sumdb/tlog
//
// KEYFILE holds a verifier key, as archive.pub does. Exit codes: 0 all hold, 1 something does not, 2 wrong usage.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) < 2 {
		usage()
	}
	var err error
	switch arguments := os.Args[2:]; {
	case os.Args[1] == "proof" && len(arguments) >= 2:
		err = checkProofs(arguments[0], arguments[1:])
	case os.Args[1] == "log" && len(arguments) == 2:
		err = checkLog(arguments[0], arguments[1])
	case os.Args[1] == "consistency" && len(arguments) == 3:
		err = checkConsistency(arguments[0], arguments[1], arguments[2])
	case os.Args[1] == "cosigned" && len(arguments) == 3:
		err = checkCosigned(arguments[0], arguments[1], arguments[2])
	case os.Args[1] == "vectors" && len(arguments) == 0:
		err = writeVectors(os.Stdout)
	default:
		usage()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "DIFFERS:", err)
		os.Exit(1)
	}
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: tlogcheck proof|log|consistency|cosigned|vectors ... (see the head of main.go)")
	os.Exit(2)
}
