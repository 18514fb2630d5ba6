package audit

// What was done with what a register's own cases add up to.
const (
	TookResult Act = "tog_ut_siffror"     // took a table or a diagram away as a file
	TookPaper  Act = "tog_ut_underlag"    // saw a paper for the board so that it could be printed, or took it away as a file
	SawFew     Act = "sag_siffror_om_fa"  // saw figures of so few cases that they tell of each
	KeptNote   Act = "sparade_anteckning" // a view, or a reflection on a figure
	EndedNote  Act = "avslutade_anteckning"
)
