package chart

import "strings"

// Sizes of text in the diagram's own units; at full width one unit is one CSS pixel.
const (
	labelSize  = 15.0
	numberSize = 15.0
	keySize    = 14.0
	footSize   = 13.0
	tickSize   = 12.0
	lineHeight = 1.25
)

// The widths of a common sans serif's letters in thousandths of the size. A page's own
// font is as wide or narrower, so a text that fits here fits there.
var letterWidths = func() (w [128]int) {
	for i := range w {
		w[i] = 556
	}
	for letters, width := range map[string]int{
		"ijl'|": 222, " .,:;/!ftI[]\\": 278, "()r-`": 333, "*": 389, "^": 469, "cksvxyzJ": 500,
		"+=<>~": 584, "FTZ": 611, "ABEKPSVXY&": 667, "CDHNRUw": 722, "GOQ": 778, "mM": 833, "%": 889, "W": 944, "@": 1015,
	} {
		for _, r := range letters {
			w[r] = width
		}
	}
	return w
}()

// widthOf gives how wide a text is, at most, at a size.
func widthOf(s string, size float64) float64 {
	sum := 0
	for _, r := range s {
		switch {
		case r < 128:
			sum += letterWidths[r]
		case r == '\u00a0' || r == '\u202f':
			sum += 278
		case r == 'Å' || r == 'Ä' || r == 'Ö':
			sum += 778
		case r < 0x3000:
			sum += 600
		default:
			sum += 1000
		}
	}
	return float64(sum) * size / 1000
}

// boldWidth is widthOf a number in the heavier weight.
func boldWidth(s string, size float64) float64 { return widthOf(s, size) * 1.07 }

// wrap breaks a text into lines no wider than width: at spaces, after hyphens and
// slashes, and inside a word only where nothing else helps.
func wrap(s string, width, size float64) []string {
	var lines []string
	line := ""
	for _, part := range breakable(s) {
		for widthOf(strings.TrimSpace(part), size) > width {
			head, rest := splitWord(part, width, size)
			if head == "" || rest == "" {
				break
			}
			if line != "" {
				lines, line = append(lines, strings.TrimSpace(line)), ""
			}
			lines, part = append(lines, strings.TrimSpace(head)+"-"), rest
		}
		if line != "" && widthOf(strings.TrimSpace(line+part), size) > width {
			lines, line = append(lines, strings.TrimSpace(line)), ""
		}
		line += part
	}
	if s := strings.TrimSpace(line); s != "" || len(lines) == 0 {
		lines = append(lines, s)
	}
	return lines
}

// balance is wrap with lines of about the same length.
func balance(s string, width, size float64) []string {
	lines := wrap(s, width, size)
	for w := width - 6; len(lines) > 1 && w > width/3; w -= 6 {
		closer := wrap(s, w, size)
		if len(closer) > len(lines) || splits(closer) > splits(lines) {
			break
		}
		lines = closer
	}
	return lines
}

// splits counts the words that a wrapping has cut.
func splits(lines []string) int {
	n := 0
	for _, l := range lines {
		if strings.HasSuffix(l, "-") {
			n++
		}
	}
	return n
}

// breakable cuts a text after every character where a line may end.
func breakable(s string) []string {
	var parts []string
	from := 0
	for i, r := range s {
		if r == ' ' || (r == '-' || r == '/') && i+1 < len(s) && s[i+1] != ' ' {
			parts, from = append(parts, s[from:i+1]), i+1
		}
	}
	return append(parts, s[from:])
}

// splitWord cuts a word so that its head with a hyphen fits.
func splitWord(word string, width, size float64) (head, rest string) {
	hyphen := widthOf("-", size)
	end := 0
	for i := range word {
		if i > 0 && widthOf(word[:i], size)+hyphen > width {
			break
		}
		end = i
	}
	return word[:end], word[end:]
}

// widest gives the width of the widest of some texts.
func widest(texts []string, size float64) float64 {
	w := 0.0
	for _, s := range texts {
		w = max(w, widthOf(s, size))
	}
	return w
}
