package chart

import "foljsam/internal/disclosure"

// drawn is the diagram without the rows that would take room and tell nothing: those
// whose group has no case, and a first age group (children) that nobody is in. The table
// keeps them.
func (d *Diagram) drawn() *Diagram {
	part := *d
	part.rows, part.series = nil, append([]series{}, d.series...)
	for s := range part.series {
		part.series[s].cells = nil
	}
	for i, r := range d.rows {
		if d.vacant(i) {
			continue
		}
		part.rows = append(part.rows, r)
		for s := range part.series {
			part.series[s].cells = append(part.series[s].cells, d.series[s].cells[i])
		}
	}
	if len(part.rows) == 0 {
		return d
	}
	return &part
}

func (d *Diagram) draw(c *canvas) { d.kind.draw(d, c) }

// vacant tells whether a row has nothing to show, and every number in it is a true zero.
func (d *Diagram) vacant(row int) bool {
	if d.rowN && d.measure == percents && zero(d.rows[row].n) {
		return true
	}
	for _, s := range d.series {
		if !zero(s.cells[row].Count) {
			return false
		}
	}
	return d.rows[row].spare
}

func zero(v disclosure.Value) bool { return v.IsNumber() && v.Float() == 0 }
