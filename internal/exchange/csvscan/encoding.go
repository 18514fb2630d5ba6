package csvscan

import (
	"encoding/binary"
	"io"
	"sync"
	"unicode/utf8"
)

// ascii tells whether no byte is above 127.
func ascii(d []byte) bool {
	for len(d) >= 32 {
		a := binary.LittleEndian.Uint64(d) | binary.LittleEndian.Uint64(d[8:])
		b := binary.LittleEndian.Uint64(d[16:]) | binary.LittleEndian.Uint64(d[24:])
		if (a|b)&0x8080808080808080 != 0 {
			return false
		}
		d = d[32:]
	}
	for _, b := range d {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// decideEncoding gives the function that tells, once for the whole file, whether it is
// Windows-1252. It is asked with a chunk that has more than ASCII.
func (s *Scanner) decideEncoding() func(chunk []byte) bool {
	var once sync.Once
	latin := false
	return func(chunk []byte) bool {
		once.Do(func() {
			if s.opt.Reopen == nil {
				latin = !utf8.Valid(chunk)
			} else {
				latin = !s.wholeIsUTF8()
			}
		})
		return latin
	}
}

// wholeIsUTF8 reads the file once more. A file that cannot be read again is taken as
// UTF-8; whoever reads it will meet the same error.
func (s *Scanner) wholeIsUTF8() bool {
	r, err := s.opt.Reopen()
	if err != nil {
		return true
	}
	defer r.Close()
	d := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := io.ReadFull(r, d[kept:])
		n += kept
		if err != nil {
			return (err == io.EOF || err == io.ErrUnexpectedEOF) && utf8.Valid(d[:n])
		}
		whole := lastRune(d[:n])
		if !utf8.Valid(d[:whole]) {
			return false
		}
		kept = copy(d, d[whole:n])
	}
}

// lastRune gives where the last character of d begins, if it may be cut off there.
func lastRune(d []byte) int {
	for i := len(d) - 1; i >= 0 && i >= len(d)-utf8.UTFMax; i-- {
		if utf8.RuneStart(d[i]) {
			if utf8.FullRune(d[i:]) {
				return len(d)
			}
			return i
		}
	}
	return len(d)
}

// decode gives d in UTF-8.
func (s *Scanner) decode(d []byte) []byte {
	if ascii(d) || !s.latin(d) {
		return d
	}
	return appendUTF8(make([]byte, 0, len(d)+len(d)/8), d)
}

// appendUTF8 turns Windows-1252 into UTF-8. The five bytes that stand for nothing become
// the control characters of their number, as in browsers.
func appendUTF8(to, d []byte) []byte {
	for _, b := range d {
		switch {
		case b < utf8.RuneSelf:
			to = append(to, b)
		case b < 0xa0:
			to = utf8.AppendRune(to, windows1252[b-0x80])
		default:
			to = utf8.AppendRune(to, rune(b))
		}
	}
	return to
}

// windows1252 is what the bytes 0x80-0x9f stand for.
var windows1252 = [32]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8d, 'Ž', 0x8f,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9d, 'ž', 'Ÿ',
}

// FromWindows1252 gives a text in UTF-8.
func FromWindows1252(d []byte) []byte { return appendUTF8(nil, d) }
