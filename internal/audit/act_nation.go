package audit

// What was done in the nation's register. About is the municipality or district, Fields the
// year: never a number.
const (
	NationBegun      Act = "skapade_riket"
	CollectionOpened Act = "oppnade_insamling"
	CollectionClosed Act = "stangde_insamling"
	ReturnReceived   Act = "tog_emot_nyckeltal"
	PopulationSet    Act = "andrade_folkmangd" // N: how many units and years
	DistrictSet      Act = "andrade_stadsdel"
	FiguresPublished Act = "publicerade_nyckeltal"
	KoladaConfirmed  Act = "bekraftade_kolada" // Fields: the key figure's number
)
