package web

// Addresses gives every address of the program, for the tests of this folder.
func Addresses() []Route { return (&Site{}).routes() }
