package audit

// What was done with exercises in coding made-up cases, and with orders of figures. About is the
// exercise or the order. That somebody answered says not which exercise: with the time it would
// be one thread more to what they chose.
const (
	CodingSet     Act = "satte_kodning"
	CodingMoved   Act = "flyttade_kodning" // gave another last day
	CodingClosed  Act = "stangde_kodning"  // by nobody where the day did
	CodedCases    Act = "kodade_fall"
	CodingTaken   Act = "tog_ut_kodning" // took what was chosen away as a file
	FigureOrdered Act = "bestallde_siffra"
	OrderAnswered Act = "besvarade_bestallning"
	OrderDropped  Act = "aterkallade_bestallning"
)
