package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/web"
)

// powers gives a number as the power of ten that it is below, never itself: "10–99". None is
// told from few: below ten is one answer.
func powers(n int64) string {
	switch {
	case n < 0:
		return "?"
	case n < 10:
		return "0–9"
	}
	low := int64(10)
	for low <= math.MaxInt64/10 && n >= low*10 {
		low *= 10
	}
	from := strconv.FormatInt(low, 10)
	return from + "–" + strings.Repeat("9", len(from))
}

// keyOf gives the text key of an error and nothing else of it; empty for none.
func keyOf(err error) string {
	var e *fault.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e) && isKey(e.Key):
		return e.Key
	}
	return "?"
}

func isKey(word string) bool { return locale.For(locale.Swedish).Has(word) }

// How much of a log is read, from its end, and how many lines of it are kept.
const (
	logBytes = 1 << 20
	logKept  = 500
)

// logLines gives the last lines of the log that are ours, with those of their values that
// can be nothing about a person.
func (c *supportCommand) logLines() ([]byte, error) {
	if c.Log == "" {
		return []byte("--log: -\n"), nil
	}
	f, err := os.Open(c.Log)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "cli.support_log", "path", c.Log)
	}
	defer f.Close()
	if about, err := f.Stat(); err == nil && about.Size() > logBytes {
		_, _ = f.Seek(-logBytes, io.SeekEnd) // else it is read from its beginning
	}
	b, err := io.ReadAll(io.LimitReader(f, logBytes))
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "cli.support_log", "path", c.Log)
	}
	var kept [][]byte
	for line := range bytes.Lines(b) {
		if x := ourLine(line); x != nil {
			kept = append(kept, x)
		}
	}
	kept = kept[max(0, len(kept)-logKept):]
	return append(bytes.Join(kept, []byte("\n")), '\n'), nil
}

// messages are all that the program says in its log.
var messages = []string{"started", "ending", "request", "failed", "panic", "certificate read", "certificate kept", "backup", "old backups removed"}

// tasks are what can fail by itself, when nobody asks.
var tasks = []string{"backup", "signed heads"}

var levels = []string{"DEBUG", "INFO", "WARN", "ERROR"}

var (
	released  = regexp.MustCompile(`^v?\d{1,4}\.\d{1,4}\.\d{1,4}$`)
	faultKey  = regexp.MustCompile(`^[a-z]+\.[a-z0-9_]+`)
	functions = regexp.MustCompile(`^foljsam/internal/[a-z/]+\.[A-Za-z0-9_.()*]+$`)
)

// ourLine gives a line of the log anew, out of what is known: a message, a route, a status, a
// text key. Whatever else stands in it, or is not a line of ours, is left out.
func ourLine(line []byte) []byte {
	var said map[string]any
	if json.Unmarshal(line, &said) != nil {
		return nil
	}
	word := func(key string) string { w, _ := said[key].(string); return w }
	if !slices.Contains(messages, word("msg")) || !slices.Contains(levels, word("level")) {
		return nil
	}
	kept := map[string]any{"msg": word("msg"), "level": word("level")}
	if at, err := time.Parse(time.RFC3339Nano, word("time")); err == nil {
		kept["time"] = at.UTC().Format(time.RFC3339)
	}
	if slices.Contains(web.Patterns(), word("route")) {
		kept["route"] = word("route")
	}
	if slices.Contains(tasks, word("what")) {
		kept["what"] = word("what")
	}
	if released.MatchString(word("version")) {
		kept["version"] = word("version")
	}
	if key := faultKey.FindString(word("error")); isKey(key) {
		kept["error"] = key
	}
	for f := range strings.SplitSeq(word("at"), " < ") {
		if functions.MatchString(f) {
			at, _ := kept["at"].(string)
			kept["at"] = strings.TrimPrefix(at+" < "+f, " < ")
		}
	}
	for key, most := range map[string]float64{"status": 599, "ms": 1e7} {
		if n, ok := said[key].(float64); ok && n >= 0 && n <= most {
			kept[key] = math.Round(n)
		}
	}
	b, err := json.Marshal(kept)
	if err != nil {
		return nil
	}
	return b
}
