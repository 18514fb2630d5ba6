package app

import (
	"context"
	"slices"
	"sync"

	"foljsam/internal/indicator"
	"foljsam/internal/store"
)

// FigureState is how far a year's return has got; also the last part of its text's key.
type FigureState string

const (
	FigureOpen    FigureState = "inget"    // nothing is settled
	FigureSettled FigureState = "klart"    // settled, and not sent
	FigureGone    FigureState = "lamnat"   // sent, and the register still says so
	FigureWrong   FigureState = "rattelse" // sent, and the register says something else today
	FigureLeft    FigureState = "star"     // the same, and somebody has said that what was sent stands
)

// Waits tells whether there is something to do about a return.
func (f FigureStanding) Waits() bool { return f.State != FigureGone && f.State != FigureLeft }

// FigureStanding is how a year's return of an area stands beside what the register says today.
type FigureStanding struct {
	Year    int
	Area    string
	State   FigureState
	Last    store.FigureReturn // the last edition; none where nothing is settled
	Sent    store.FigureReturn // the last edition that was sent; none where none was
	Differs []FigureDiffers    // from what was sent; where nothing was, from what is settled
	Warning                    // that it is wrong; no About: it is not
}

// FigureDiffers is a key figure that was returned as one thing and would leave as another now. It
// cannot say how many a mark stands for.
type FigureDiffers struct {
	Figure    indicator.Figure
	Then, Now indicator.Count
}

// standings are how the returns of a register stood after a line of its log.
type standings struct {
	mu    sync.Mutex
	moved int64
	known bool
	all   []FigureStanding
}

// standings gives how each year and area stands that anything is settled of, the latest year
// first. What was found is kept till something changes that could make it another.
func (a *App) standings(ctx context.Context, x *figureRegister) ([]FigureStanding, error) {
	s := &a.ownFigures.base(x.ID()).stands
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known && s.moved == x.moved {
		return slices.Clone(s.all), nil
	}
	var all []FigureStanding
	for _, r := range x.returns { // the last edition of each comes first
		i := slices.IndexFunc(all, func(f FigureStanding) bool { return f.Year == r.Year && f.Area == r.Unit })
		if i < 0 {
			i, all = len(all), append(all, FigureStanding{Year: r.Year, Area: r.Unit, Last: r})
		}
		if all[i].Sent.ID == "" && !r.Sent.At.IsZero() {
			all[i].Sent = r
		}
	}
	for i := range all {
		if err := x.decide(ctx, all[i].Year); err != nil {
			return nil, err
		}
		x.stand(&all[i])
		a.nameAccepted(ctx, &all[i].Warning)
	}
	s.all, s.moved, s.known = all, x.moved, true
	return slices.Clone(all), nil
}

// stand holds a return against what the register says today, read as the return was.
func (x *figureRegister) stand(f *FigureStanding) {
	r := f.Last
	if f.Sent.ID != "" {
		r = f.Sent
	}
	y := x.count(FiguresAsk{Year: f.Year, Area: f.Area, Reading: readingOf(r)})
	for i, figure := range indicator.Figures {
		now := indicator.CountOf(y.number(func(c *countedCase) bool { return c.counts[i] }))
		if then := r.Counts[i]; !then.IsMissing() && then != now {
			f.Differs = append(f.Differs, FigureDiffers{figure, then, now})
		}
	}
	switch {
	case f.Sent.ID != "" && len(f.Differs) > 0:
		f.State, f.Warning = FigureWrong, x.differing(f)
		if f.Accepted != nil && f.Last.ID == f.Sent.ID {
			f.State = FigureLeft
		}
	case f.Last.Sent.At.IsZero():
		f.State = FigureSettled
	default:
		f.State = FigureGone
	}
}
