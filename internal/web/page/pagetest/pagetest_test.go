package pagetest

import (
	"slices"
	"testing"
)

func TestFaultsAreFound(t *testing.T) {
	for page, want := range map[string]string{
		`<p>a</p>`:                              "",
		`<p>a<br><input name="x"></p>`:          "",
		`<p>a`:                                  `is not closed: [p]`,
		`<p><b>a</p></b>`:                       `</p> closes [p b]`,
		`<p onclick="x">a</p>`:                  `<p> has onclick`,
		`<p style="x">a</p>`:                    `<p> has style`,
		`<a href="https://example.org">a</a>`:   `<a> leads elsewhere: href`,
		`<a href=" javascript:x">a</a>`:         `<a> leads elsewhere: href`,
		`<p id="a">a</p><p id="a">b</p>`:        `the id "a" is empty, not one word or there twice`,
		`<label for="b">a</label>`:              `nothing has the id "b" that something leads to`,
		`<script src="/x.js"></script>`:         `a script is not one of ours: /x.js`,
		`<svg><path d="M0 0"/></svg>`:           "",
		`<input value="a" "b" name="x"><p></p>`: `<input> has the broken attribute "\"b\""`,
	} {
		got := Faults(page)
		if want == "" && len(got) > 0 || want != "" && !slices.Contains(got, want) {
			t.Errorf("%s: %q, want %q", page, got, want)
		}
	}
}
