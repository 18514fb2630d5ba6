package chart

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"foljsam/internal/locale"
)

// Whatever a local variable's labels are, the native chart is XML that can be read, and
// has the labels as they are but for what XML cannot write.
func TestHostileLabelsAreXML(t *testing.T) {
	const label, whole = "<a> & \"b\" 'c'\x01\x00\x0b]]>\ufffe\xff", "<a> & \"b\" 'c']]>\ufffd"
	for _, r := range releases()[0].Tables[:3] {
		d := Of(r, 0, locale.For(locale.Swedish))
		d.Title, d.Base, d.Stamp, d.N = label, label, label, label
		for i := range d.rows {
			d.rows[i].label = label
		}
		for i := range d.series {
			d.series[i].name = label
		}
		read, seen := xml.NewDecoder(strings.NewReader(d.OfficeXML(OfficePlace{Sheet: label, FirstRow: 2, External: label}))), 0
		for {
			token, err := read.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", d.ID, err)
			}
			if text, ok := token.(xml.CharData); ok && string(text) == whole {
				seen++
			}
		}
		if want := 2 + len(d.rows)*len(d.series); seen < want {
			t.Errorf("%s: the label is there %d times, want %d at least", d.ID, seen, want)
		}
	}
}
