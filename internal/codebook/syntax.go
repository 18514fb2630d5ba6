package codebook

import (
	"bytes"
	"errors"
	"io"

	"go.yaml.in/yaml/v3"
)

// How much of a file that is not YAML is searched for the line at fault, and over how many
// lines a bracket or a quotation may reach without leading the search astray.
const (
	searchBytes = 256 << 10
	openLines   = 8
)

// faultyLine finds the line where a file stops being YAML: the one after the longest
// beginning that still is. The parser's own message names where the list or mapping
// around the fault began, which can be hundreds of lines above.
func faultyLine(b []byte) int {
	lines := bytes.SplitAfter(b[:min(len(b), searchBytes)], []byte("\n"))
	ends := make([]int, len(lines)+1) // where each beginning of n lines ends
	for i, l := range lines {
		ends[i+1] = ends[i] + len(l)
	}
	good := func(n int) bool { return isYAML(b[:ends[n]]) }
	lo, hi := 0, len(lines)
	for hi-lo > 1 {
		n := (lo + hi) / 2
		for n > lo && n+openLines > (lo+hi)/2 && !good(n) {
			n--
		}
		if n > lo && n+openLines > (lo+hi)/2 {
			lo = n
		} else {
			hi = (lo + hi) / 2
		}
	}
	return lo + 1
}

func isYAML(b []byte) bool {
	d := yaml.NewDecoder(bytes.NewReader(b))
	for {
		var n yaml.Node
		if err := d.Decode(&n); err != nil {
			return errors.Is(err, io.EOF)
		}
	}
}
