# A partner is suspended by hand: nothing goes to it, what comes from it is taken, a restart forgets
# nothing of that, and resumed it gets all that waited.
nodes helmo.be uhasselt.be
settle
uhasselt.be nominates B to helmo.be
settle
helmo.be suspends uhasselt.be
helmo.be suspends uhasselt.be
helmo.be nominates A1..A3 to uhasselt.be
uhasselt.be nominates C to helmo.be
run 30s
expect outbox 3 at helmo.be
expect records 2 at uhasselt.be
expect C pending at both
helmo.be stops
helmo.be starts
run 30s
expect outbox 3 at helmo.be
expect records 2 at uhasselt.be
helmo.be resumes uhasselt.be
settle
expect outbox 0 at helmo.be
expect A1..A3 pending at both
expect same
helmo.be resumes uhasselt.be
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  uhasselt.be   > B: kept
     0.030  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.035  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.035  helmo.be        uhasselt.be: suspended by hand, what waits is kept
     0.035  helmo.be      > uhasselt.be: 1 suspended
     0.035  helmo.be      > uhasselt.be: 0 suspended
     0.035  helmo.be      > A1..A3: 3 kept, 0 wait for the guard
     0.035  uhasselt.be   > C: kept
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.045  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    30.045  helmo.be      . session to node.uhasselt.be opened
    30.050  uhasselt.be   . session from node.helmo.be is live
    30.060  uhasselt.be   . session to node.helmo.be opened
    30.065  helmo.be        uhasselt.be: write guard lifted, both hold the same
    30.065  helmo.be      . session from node.uhasselt.be is live
    60.035  helmo.be        uhasselt.be: resumed by hand
    60.035  helmo.be      > uhasselt.be: 1 resumed
    60.040  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (3 times)
    60.045  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
    60.045  helmo.be      > uhasselt.be: 0 resumed
