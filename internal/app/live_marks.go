package app

import "foljsam/internal/record"

// Marks are few, and every case has one for each question: two of them share a byte.

// roomLeft is what part of the cases there is room for beside them: what grows by itself leaves a
// fifth empty.
const roomLeft = 32

// makeRoom makes room for so many cases, before the first.
func (l *live) makeRoom(cases int) {
	l.at, l.cases = make(map[caseKey]int32, cases), make([]liveCase, 0, cases)
	l.marks = make([]byte, 0, cases*l.packedMarks())
	l.batch.Grow(cases)
}

// packedMarks is how many bytes the marks of a case take.
func (l *live) packedMarks() int { return (l.each + 1) / 2 }

func (l *live) putMarks(i int, marks []record.Mark) {
	to := l.marks[i*l.packedMarks() : (i+1)*l.packedMarks()]
	clear(to)
	for j, m := range marks {
		to[j/2] |= byte(m) << (j % 2 * 4)
	}
}

// marksOf appends the marks of the case at a place.
func (l *live) marksOf(i int, to []record.Mark) []record.Mark {
	for _, two := range l.marks[i*l.packedMarks() : (i+1)*l.packedMarks()] {
		to = append(to, record.Mark(two&15), record.Mark(two>>4))
	}
	return to[:l.each]
}

// putLocal keeps a case's answers of local questions, which most have none of.
func (l *live) putLocal(i int32, answers []record.LocalAnswer) {
	switch {
	case len(answers) == 0:
		delete(l.local, i)
	case l.local == nil:
		l.local = map[int32][]record.LocalAnswer{i: answers}
	default:
		l.local[i] = answers
	}
}
