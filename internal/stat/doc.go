// Package stat holds the few statistics that results use: intervals of a proportion and of
// the difference between two, tests of whether two variables hang together, how soon cases
// end for one reason or another, and how far readers agree. Each function names its source
// and is tested against numbers that we did not work out: printed ones, and R's
// (testdata/checked.R and what it printed).
//
// It knows nothing of cases, tables or masking. It never says whether a difference matters:
// pages give intervals, and a test only to who asks for it, beside how many were looked at.
package stat
