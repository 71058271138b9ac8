# A place on the waiting list is an answer, and not the last one; another question leaves it.
nodes helmo.be uhasselt.be
settle
helmo.be nominates S1..S4 to uhasselt.be
settle
uhasselt.be waitlists S1..S4
settle
expect S1..S4 waitlisted at both
uhasselt.be waitlists S1
helmo.be amends S1 email
settle
expect S1 waitlisted at both
uhasselt.be accepts S1
uhasselt.be refuses S2
helmo.be withdraws S3
settle
expect S1 accepted at both
expect S2 refused at both
expect S3 withdrawn at both
# What is asked anew is answered anew, also where the place was given at the same time.
at 20s helmo.be amends S4 field
at 20s uhasselt.be accepts S4
settle
expect S4 pending at both
uhasselt.be waitlists S4
settle
expect S4 waitlisted at both
uhasselt.be waitlists S1
expect records_refused 0 at helmo.be
expect records_refused 0 at uhasselt.be
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > S1..S4: 4 kept, 0 wait for the guard
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (4 times)
     0.035  helmo.be      . receipt from uhasselt.be: 4 delivered, 0 known
     0.035  uhasselt.be   > S1..S4: 4 kept, 0 wait for the guard
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (4 times)
     0.045  uhasselt.be   . receipt from helmo.be: 4 delivered, 0 known
     0.045  uhasselt.be   > S1: the dossier's state does not allow this: record.turn
     0.045  helmo.be      > S1: kept
     0.050  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.055  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.055  uhasselt.be   > S1: kept
     0.055  uhasselt.be   > S2: kept
     0.055  helmo.be      > S3: kept
     0.060  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.060  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (2 times)
     0.065  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.065  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
    20.000  helmo.be      > S4: kept
    20.000  uhasselt.be   > S4: kept
    20.005  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    20.005  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    20.010  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    20.010  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    20.010  uhasselt.be   > S4: kept
    20.015  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    20.020  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    20.020  uhasselt.be   > S1: the dossier's state does not allow this: record.turn
