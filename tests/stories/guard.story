# While the partner is away a started node signs nothing; what users submit waits, and goes first.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be stops
helmo.be stops
helmo.be starts
expect armed 1 at helmo.be
helmo.be nominates B to uhasselt.be
helmo.be amends A email
expect ready 2 at helmo.be
expect records 1 at helmo.be
run 30s
helmo.be stops
helmo.be starts
expect ready 2 at helmo.be
uhasselt.be starts
settle
expect armed 0 at helmo.be
expect ready 0 at helmo.be
expect A revision 1 at uhasselt.be
expect B pending at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.035  helmo.be      > B: kept, waits for the guard
     0.035  helmo.be      > A: kept, waits for the guard
     1.035  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
    30.045  helmo.be      . session to node.uhasselt.be opened
    30.045  uhasselt.be   . session to node.helmo.be opened
    30.050  uhasselt.be   . session from node.helmo.be is live
    30.050  helmo.be      . session from node.uhasselt.be is live
    30.055  uhasselt.be     helmo.be: write guard lifted, both hold the same
    30.055  helmo.be        uhasselt.be: write guard lifted, both hold the same
    30.065  uhasselt.be   . records from helmo.be: 2 new, 0 repeated
    30.070  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
