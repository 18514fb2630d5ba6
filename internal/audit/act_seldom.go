package audit

import "slices"

// Lines of acts that are seldom are found without reading the log: they are listed beside it.
// Common acts fill it: they are what reading and saving cases, lists and tables leaves, and what
// anybody can do from outside as often as they please.
//
// Every act is in one of the two, a new one in Seldom unless it is left very often. One that moves
// takes a step of the schema that lists the lines there are, or takes them off the list: verify
// holds the list against the log.
var (
	Common = []Act{
		Opened, Read, Changed, Closed, Undid, Listed,
		SignedIn, SignedOut, Refused,
		SawFigures, SawDelivery, SawFew,
	}
	Seldom = []Act{
		Reopened, Excluded, Included, Recoded, LookedUp, Created, Granted,
		Delivered, AddedRecipient,
		LookupLimit, SawEarlier, SawDoubles, DecidedDouble, Extracted, RetentionRuled, RetentionProposed, RetentionEnded, Retained, Scrubbed, LimitSet, KeysRotated, KeysLost,
		Confirmed, ProofFailed, PasswordChanged, CodesOn, CodesOff, RecoveryMade, RecoveryUsed, PasskeyAdded, PasskeyRemoved, PasskeyCopied, SessionsEnded, FactorsRuled, FactorsReset, PublicNameSet,
		AddedPerson, ChangedPerson, EndedPerson, GaveCode, UsedCode, ConfirmedCode, StoppedCode, AnnouncedEnd, StoppedEnd, EndedSession, EndedRole, Proposed, Approved, Declined, Withdrew, ChangedRole, AddedUnit, ChangedUnit,
		BookDrafted, BookPublished,
		FigureDecided, FigureReturned, FigureSent, FigureUnits, FigureAccepted,
		BackedUp, Restored, Proved, Sampled, Marked, SawLog, SawCodes, Bound,
		NationBegun, CollectionOpened, CollectionClosed, ReturnReceived, PopulationSet, DistrictSet, FiguresPublished, KoladaConfirmed,
		SurveyGiven, SurveyEnded, SurveyNotAsked, SurveyEntered, SurveyWorded, SurveyReviewed, SawSurveyTexts, SurveyTagged,
		TookResult, TookPaper, KeptNote, EndedNote,
		CodingSet, CodingMoved, CodingClosed, CodedCases, CodingTaken, FigureOrdered, OrderAnswered, OrderDropped,
	}
)

// IsSeldom tells whether lines of an act are listed beside the log.
func (a Act) IsSeldom() bool { return !slices.Contains(Common, a) }
