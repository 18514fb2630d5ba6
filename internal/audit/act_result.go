package audit

// What was done with what a register's own cases add up to.
const (
	TookResult Act = "tog_ut_siffror"     // took a table or a diagram away as a file
	KeptNote   Act = "sparade_anteckning" // a view, or a reflection on a figure
	EndedNote  Act = "avslutade_anteckning"
)
