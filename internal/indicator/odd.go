package indicator

import (
	"slices"

	"foljsam/internal/disclosure"
)

// OddKind is why somebody should ask about a return; also the last part of its text's key.
type OddKind string

const (
	MuchMore    OddKind = "fler"       // more than twice the last number of the unit's own
	MuchLess    OddKind = "farre"      // less than half of it
	AbovePeers  OddKind = "over_lika"  // more than three times the middle of those of similar size
	BelowPeers  OddKind = "under_lika" // less than a third of it
	GoalAbove   OddKind = "mal"        // more closed with the goal met than had support
	OtherScope  OddKind = "omfattning" // not the same part of the social services as last time
	WasReported OddKind = "utebliven"  // reported last time, not now
)

// Odd is one thing to ask about, with the numbers that make it odd. All of them may be shown.
type Odd struct {
	Kind   OddKind
	Figure Figure
	Now    Count
	Before Count                 // the unit's own, the last that it reported
	Year   int                   // of Before
	Rate   disclosure.Hundredths // the unit's
	Middle disclosure.Hundredths // the middle rate of those of similar size
}

// How much is odd. A difference of a few cases never is.
const (
	oddTimes      = 2
	oddPeerTimes  = 3
	oddDifference = 10
	oddPeers      = 8 // fewer say nothing
)

// OddIn finds what is odd in a return, beside the unit's own earlier return (nil: none) and the
// rates that others of similar size have this year. Adults are the unit's.
func OddIn(now Return, before *Return, adults int, peers []Return, peerAdults map[string]int) (all []Odd) {
	for _, f := range Figures {
		c := now.Count(f)
		if before != nil {
			all = append(all, besideEarlier(f, c, *before)...)
		}
		all = append(all, besidePeers(f, c, adults, peers, peerAdults)...)
	}
	goal, okGoal := now.Count(GoalMet).Number()
	support, okSupport := now.Count(Supported).Number()
	if okGoal && okSupport && goal > support {
		all = append(all, Odd{Kind: GoalAbove, Figure: GoalMet, Now: now.Count(GoalMet), Before: now.Count(Supported)})
	}
	if before != nil && before.Scope != NotStated && now.Scope != NotStated && before.Scope != now.Scope {
		all = append(all, Odd{Kind: OtherScope, Year: before.Year})
	}
	return all
}

// besideEarlier compares with the unit's own. A mark is 1-4: it stands for the one of those
// that makes it least odd.
func besideEarlier(f Figure, c Count, before Return) []Odd {
	was := before.Count(f)
	x := Odd{Figure: f, Now: c, Before: was, Year: before.Year}
	now, okNow := c.Number()
	old, okOld := was.Number()
	switch {
	case c.IsMissing() && !was.IsMissing():
		x.Kind = WasReported
	case c.IsMissing() || was.IsMissing():
		return nil
	case !okNow && okOld && old >= 4*oddTimes+oddDifference:
		x.Kind = MuchLess
	case okNow && !okOld && now >= 4*oddTimes+oddDifference:
		x.Kind = MuchMore
	case okNow && okOld && now-old >= oddDifference && now > oddTimes*old:
		x.Kind = MuchMore
	case okNow && okOld && old-now >= oddDifference && old > oddTimes*now:
		x.Kind = MuchLess
	default:
		return nil
	}
	return []Odd{x}
}

// besidePeers compares a shown number's rate with the middle one of those of similar size that
// show a number.
func besidePeers(f Figure, c Count, adults int, peers []Return, peerAdults map[string]int) []Odd {
	own := disclosure.RateOf(c, adults)
	rate, ok := own.Value()
	if !ok {
		return nil
	}
	var rates []disclosure.Hundredths
	for _, p := range peers {
		if v, ok := disclosure.RateOf(p.Count(f), peerAdults[p.Unit]).Value(); ok {
			rates = append(rates, v)
		}
	}
	if len(rates) < oddPeers {
		return nil
	}
	slices.Sort(rates)
	middle := rates[len(rates)/2]
	x := Odd{Figure: f, Now: c, Rate: rate, Middle: middle}
	difference := int64(rate-middle) * int64(adults) / (100 * disclosure.Per) // in cases
	switch {
	case rate > oddPeerTimes*middle && difference >= oddDifference:
		x.Kind = AbovePeers
	case oddPeerTimes*rate < middle && -difference >= oddDifference:
		x.Kind = BelowPeers
	default:
		return nil
	}
	return []Odd{x}
}
