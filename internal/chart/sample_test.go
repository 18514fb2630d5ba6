package chart

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"foljsam/internal/chart/charttest"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// TestWriteSamples writes every diagram to the folder SAMPLES, to be looked at.
func TestWriteSamples(t *testing.T) {
	dir := os.Getenv("SAMPLES")
	if dir == "" {
		t.Skip("SAMPLES names no folder")
	}
	for name, n := range map[string]int{"stor": 3070, "liten": 60} {
		rel, err := charttest.Make(n, 1).Release(disclosure.About{Audience: disclosure.Publication, Synthetic: true}, query.Whole())
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range locale.Staff {
			for _, narrow := range []bool{false, true} {
				writeSamples(t, filepath.Join(dir, fmt.Sprintf("%s-%s-%v.html", name, lang, narrow)), rel, locale.For(lang), narrow)
			}
		}
	}
}

func writeSamples(t *testing.T, file string, rel *disclosure.Release, p *locale.Printer, narrow bool) {
	page := "<!doctype html><meta charset=utf-8><style>body{font-family:Arial;margin:16px}" + Style + "</style>"
	for _, r := range rel.Tables {
		d := Of(r, 0, p)
		page += "<h3>" + d.ID + " " + d.Title + "</h3>" + d.SVG(View{Prefix: d.ID, Narrow: narrow})
	}
	if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
}
