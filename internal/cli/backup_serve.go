package cli

import (
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// backupFlags are what a server is told of backups that it makes by itself.
type backupFlags struct {
	Backup      string   `placeholder:"dir"`
	BackupTo    []string `placeholder:"recipient"`
	BackupEvery span     `placeholder:"span" default:"24h"`
	BackupKeep  span     `placeholder:"span" default:"30d"`
}

// span is a time in hours or days: 24h, 30d.
type span time.Duration

var spanForm = regexp.MustCompile(`^([1-9][0-9]{0,4})(h|d)$`)

// UnmarshalText reads a span.
func (s *span) UnmarshalText(text []byte) error {
	m := spanForm.FindSubmatch(text)
	if m == nil {
		return fault.New(fault.Usage, "cli.bad_span", "value", string(text))
	}
	n, _ := strconv.Atoi(string(m[1])) // a few digits
	unit := time.Hour
	if string(m[2]) == "d" {
		unit = 24 * time.Hour
	}
	*s = span(time.Duration(n) * unit)
	return nil
}

// check refuses backups that nobody could open, before anything is served.
func (b backupFlags) check() error {
	if b.Backup == "" {
		return nil
	}
	if len(b.BackupTo) == 0 {
		return fault.New(fault.Usage, "backup.to_whom")
	}
	if _, err := store.Recipients(b.BackupTo); err != nil {
		return err
	}
	if err := os.MkdirAll(b.Backup, 0o700); err != nil {
		return fault.Wrap(err, fault.Invalid, "cli.backup_dir", "folder", b.Backup)
	}
	return nil
}

// signEvery is how often the logs' ends are signed, countEvery how often their lines are counted
// where many are written.
const signEvery, countEvery = time.Hour, time.Minute

// tend signs the logs' ends each hour and at the end, and makes backups, until ctx ends.
func (h *house) tend(ctx context.Context, b backupFlags, program string, log *slog.Logger) (ended chan struct{}) {
	ended = make(chan struct{})
	go func() {
		defer close(ended)
		defer h.count(ctx, log)()
		h.app.ReadPublished(ctx)
		sign := time.NewTicker(signEvery)
		defer sign.Stop()
		next := time.NewTimer(h.untilBackup(b))
		defer next.Stop()
		for ctx.Err() == nil {
			select {
			case <-sign.C:
				tellFailed(log, "signed heads", h.sign(ctx))
			case <-next.C:
				if b.Backup != "" {
					tellFailed(log, "backup", h.backUp(ctx, b, program, log))
				}
				next.Reset(time.Duration(b.BackupEvery))
			case <-ctx.Done():
			}
		}
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTime)
		defer cancel()
		tellFailed(log, "signed heads", h.sign(end))
	}()
	return ended
}

// count counts the lines of the logs: all at first and each hour, those that grow fast each
// minute. What it gives waits for it to end.
func (h *house) count(ctx context.Context, log *slog.Logger) (wait func()) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		soon := time.NewTicker(countEvery)
		defer soon.Stop()
		for whole := (time.Time{}); ctx.Err() == nil; {
			err := h.app.CountLongLogs(ctx)
			if err == nil && time.Since(whole) >= signEvery {
				whole, err = time.Now(), h.app.CountLogs(ctx)
			}
			if ctx.Err() == nil {
				tellFailed(log, "counted log", err)
			}
			select {
			case <-soon.C:
			case <-ctx.Done():
			}
		}
	}()
	return func() { <-ended }
}

func (h *house) sign(ctx context.Context) error {
	_, err := h.app.SignHeads(ctx)
	return err
}

// untilBackup gives how long it is to the next backup: from the newest there is.
func (h *house) untilBackup(b backupFlags) time.Duration {
	if b.Backup == "" {
		return 1<<62 - 1
	}
	newest := time.Time{}
	names, _ := filepath.Glob(filepath.Join(b.Backup, "*"+backupEnding))
	for _, name := range names {
		if head, err := headOfFile(name); err == nil && head.Made.After(newest) {
			newest = head.Made
		}
	}
	return max(time.Minute, time.Until(newest.Add(time.Duration(b.BackupEvery))))
}

const backupEnding = ".foljsam"

// backUp makes a backup in the folder, reads it back, and takes away those whose time is out.
func (h *house) backUp(ctx context.Context, b backupFlags, program string, log *slog.Logger) error {
	to := app.BackupTo{Recipients: b.BackupTo, Days: int(time.Duration(b.BackupKeep) / (24 * time.Hour)), Program: program}
	with, err := checkKey(&to)
	if err != nil {
		return err
	}
	name := filepath.Join(b.Backup, "foljsam-"+time.Now().UTC().Format("20060102T150405Z")+backupEnding)
	err = replaceFile(name, func(w io.Writer) error {
		_, err := h.app.BackUp(ctx, w, to)
		return onDisk(w, err)
	})
	if err != nil {
		return err
	}
	did, err := readBack(ctx, name, with)
	if err != nil {
		return err
	}
	log.Info("backup", "file", name, "bytes", did.Bytes)
	gone, err := pruneBackups(b.Backup, time.Now())
	if len(gone) > 0 {
		log.Info("old backups removed", "n", len(gone))
	}
	return err
}

func tellFailed(log *slog.Logger, what string, err error) {
	if err != nil {
		log.Error("failed", "what", what, "error", err.Error())
	}
}
