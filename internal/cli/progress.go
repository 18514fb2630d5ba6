package cli

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/term"
)

// progress is a bar on the terminal, for work that takes more than a moment. On anything
// but a terminal it is nothing.
type progress struct {
	s     *session
	key   string
	begun time.Time

	mu    sync.Mutex
	shown int // percent, -1 before the bar is there
	width int // of what stands on the line
	on    bool
}

// patience is how long work may take before a bar is shown.
const patience = time.Second

func (s *session) startProgress(key string) *progress {
	f, isFile := s.stderr.(*os.File)
	return &progress{s: s, key: key, begun: time.Now(), shown: -1, on: isFile && term.IsTerminal(int(f.Fd()))}
}

// set says how far the work has come.
func (p *progress) set(done, total int64) {
	if !p.on || total <= 0 || time.Since(p.begun) < patience {
		return
	}
	percent := int(min(done, total) * 100 / total)
	p.mu.Lock()
	defer p.mu.Unlock()
	if percent <= p.shown {
		return
	}
	p.shown = percent
	const cells = 30
	full := percent * cells / 100
	line := fmt.Sprintf("%s %s%s %3d %%", p.s.text.T(p.key), strings.Repeat("█", full), strings.Repeat("░", cells-full), percent)
	p.width = utf8.RuneCountInString(line)
	fmt.Fprint(p.s.stderr, "\r"+line)
}

// end takes the bar away.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.width > 0 {
		fmt.Fprint(p.s.stderr, "\r"+strings.Repeat(" ", p.width)+"\r")
	}
	p.on = false
}
