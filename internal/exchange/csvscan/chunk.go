package csvscan

import "bytes"

// Chunk is some whole records that stand together in the file.
type Chunk struct {
	Index int // 0 for the file's first

	data           []byte
	pos            int
	comma, newline byte
	quotes         bool // some field may be quoted
	long           bool // data is the beginning of one record that is too long
	rows           int  // passed, empty lines among them
	fault          Fate
	fields         []span
}

// span is where a field stands in data.
type span struct{ from, till uint32 }

func (c *Chunk) reset(s *Scanner) {
	c.pos, c.rows, c.fault, c.long = 0, 0, Whole, false
	c.comma, c.newline = s.comma, s.newline
}

// Next reads a record. Empty lines are passed over, and counted as rows.
func (c *Chunk) Next() bool {
	c.fields, c.fault = c.fields[:0], Whole
	c.skipEmpty()
	if c.pos >= len(c.data) {
		return false
	}
	c.rows++
	if c.long {
		c.fault, c.pos = TooLong, len(c.data)
		c.split(c.data)
		return true
	}
	for c.field() {
	}
	return true
}

func (c *Chunk) skipEmpty() {
	for c.pos < len(c.data) {
		switch rest := c.data[c.pos:]; {
		case rest[0] == c.newline:
			c.pos++
		case rest[0] == '\r' && len(rest) == 1:
			c.pos++
			return
		case rest[0] == '\r' && rest[1] == c.newline:
			c.pos += 2
		default:
			return
		}
		c.rows++
	}
}

// field reads one field; more tells whether the record goes on after it.
func (c *Chunk) field() (more bool) {
	d, from := c.data, c.pos
	if c.quotes && from < len(d) && d[from] == '"' {
		return c.quoted()
	}
	i := from
	for i < len(d) && d[i] != c.comma && d[i] != c.newline {
		i++
	}
	c.pos = i + 1
	if i < len(d) && d[i] == c.comma {
		c.add(from, i)
		return true
	}
	if i > from && d[i-1] == '\r' {
		i--
	}
	c.add(from, i)
	return false
}

func (c *Chunk) quoted() (more bool) {
	d, from := c.data, c.pos
	end, fate := closing(d, from, c.comma, c.newline, true)
	if fate != Whole {
		return c.broken(from)
	}
	c.add(from+1, unescape(d, from+1, end))
	i := end + 1
	if i < len(d) && d[i] == c.comma {
		c.pos = i + 1
		return true
	}
	if i < len(d) && d[i] == '\r' && c.newline != '\r' {
		i++
	}
	c.pos = i + 1
	return false
}

// broken gives up on a record whose quoted field has no right end: the record is what is
// left of the line.
func (c *Chunk) broken(from int) (more bool) {
	c.fault = Broken
	line := c.data[from:]
	if i := bytes.IndexByte(line, c.newline); i >= 0 {
		line = line[:i]
	}
	c.pos = from + len(line) + 1
	c.split(line)
	return false
}

// split adds the fields of a line, quotes taken as they stand. line is a part of data.
func (c *Chunk) split(line []byte) {
	from := cap(c.data) - cap(line)
	for {
		i := bytes.IndexByte(line, c.comma)
		if i < 0 {
			break
		}
		c.add(from, from+i)
		line, from = line[i+1:], from+i+1
	}
	line = bytes.TrimSuffix(line, []byte{'\r'})
	c.add(from, from+len(line))
}

func (c *Chunk) add(from, till int) { c.fields = append(c.fields, span{uint32(from), uint32(till)}) }

// unescape makes one quote of two in d[from:till], in place, and gives the new end.
func unescape(d []byte, from, till int) int {
	i := bytes.IndexByte(d[from:till], '"')
	if i < 0 {
		return till
	}
	to := from + i
	for at := to; at < till; at++ {
		d[to] = d[at]
		to++
		if d[at] == '"' {
			at++
		}
	}
	return to
}

// Fate tells whether the record could be read; of one that is not [Whole] the fields are
// a guess.
func (c *Chunk) Fate() Fate { return c.fault }

// Comma gives the delimiter.
func (c *Chunk) Comma() byte { return c.comma }

// Row gives the record's place among the chunk's rows: 1 for the first.
func (c *Chunk) Row() int { return c.rows }

// Len gives the number of fields.
func (c *Chunk) Len() int { return len(c.fields) }

// Field gives a field without its quotes, in UTF-8. It is gone with the chunk.
func (c *Chunk) Field(i int) []byte {
	f := c.fields[i]
	return c.data[f.from:f.till:f.till]
}

// Plain tells whether the chunk's records are lines in which no cell is quoted.
func (c *Chunk) Plain() bool { return c.Lines() && !c.quotes }

// Lines tells whether records end with \n, so that a caller who knows its columns may read
// a record from [Chunk.Rest] by itself and then call Skip.
func (c *Chunk) Lines() bool { return !c.long && c.newline == '\n' }

// Rest gives what has not been read of the chunk: it begins at a record.
func (c *Chunk) Rest() []byte { return c.data[min(c.pos, len(c.data)):] }

// Skip passes over some records that the caller has read, n bytes in all.
func (c *Chunk) Skip(n, records int) {
	c.pos += n
	c.rows += records
}
