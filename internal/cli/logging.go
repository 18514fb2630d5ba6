package cli

import (
	"io"
	"log/slog"
	"os"
	"sync"

	"foljsam/internal/fault"
)

// logFile is a log on disk. When it is full it is put aside, and another begins: there are
// two at most.
type logFile struct {
	name string
	mu   sync.Mutex
	f    *os.File
	size int64
}

// fullLog is when a log is full, in bytes.
const fullLog = 8 << 20

// oldLog is what the log that was put aside is called.
const oldLog = ".1"

func openLog(name string) (*logFile, error) {
	l := &logFile{name: name}
	if err := l.open(); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "cli.log_file", "path", name)
	}
	return l, nil
}

func (l *logFile) open() error {
	f, err := os.OpenFile(l.name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	about, err := f.Stat()
	if err != nil {
		return err
	}
	l.f, l.size = f, about.Size()
	return nil
}

// Write puts a line last. That there is no room for it must not stop those who work.
func (l *logFile) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.size > fullLog {
		_ = l.f.Close() // what it holds is written
		_ = os.Rename(l.name, l.name+oldLog)
		if err := l.open(); err != nil {
			return 0, err
		}
	}
	n, err := l.f.Write(line)
	l.size += int64(n)
	return n, err
}

func (l *logFile) Close() error { return l.f.Close() }

// logTo gives a log to the terminal, and to a file where one is named.
func (s *session) logTo(name string, verbose bool) (*slog.Logger, func(), error) {
	level, to, close := slog.LevelInfo, s.stderr, func() {}
	if verbose {
		level = slog.LevelDebug
	}
	if name != "" {
		f, err := openLog(name)
		if err != nil {
			return nil, nil, err
		}
		// the file first: a service on Windows has no terminal, and what fails ends the rest
		to, close = io.MultiWriter(f, s.stderr), func() { _ = f.Close() }
	}
	return slog.New(slog.NewJSONHandler(to, &slog.HandlerOptions{Level: level})), close, nil
}
