package audit

// What was done with the key figures of a year.
const (
	FigureDecided  Act = "avgjorde_nyckeltal" // said whether a doubtful case counts
	FigureReturned Act = "lamnade_nyckeltal"  // Fields has the return's id and the hash of its file
	FigureSent     Act = "skickade_nyckeltal" // Fields has the return's id
	FigureUnits    Act = "angav_utanfor_ifo"  // said which units lie outside what the figures are of
	FigureAccepted Act = "godtog_varning"     // let a warning about them stand, or no longer; Fields has the year and which
	SawFigures     Act = "sag_nyckeltal"      // saw the cases behind the figures
)
