# Whichever commit the sender dies before, and whichever the receiver dies after: nothing is lost, and
# nothing is there twice.
nodes helmo.be uhasselt.be
settle
helmo.be dies before commit number 1
helmo.be nominates A to uhasselt.be
helmo.be starts again
uhasselt.be dies after commit number 1
helmo.be nominates B to uhasselt.be
run 1s
uhasselt.be starts again
helmo.be dies before commit number 2
run 1s
helmo.be starts again
uhasselt.be dies after commit number 3
run 5s
uhasselt.be starts again
helmo.be dies after commit number 4
run 20s
helmo.be starts again
settle within 1m
expect B pending at both
expect records 1 at uhasselt.be
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: no answer
     0.025  helmo.be      > B: kept, waits for the guard
     1.025  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
     1.035  uhasselt.be   . session to node.helmo.be opened
     2.035  helmo.be      . session to node.uhasselt.be opened
     6.035  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
     7.035  uhasselt.be   . session to node.helmo.be opened
     7.040  helmo.be      . session from node.uhasselt.be is live
     7.045  uhasselt.be     helmo.be: write guard lifted, both hold the same
     7.050  helmo.be      . session to node.uhasselt.be opened
     7.055  uhasselt.be   . session from node.helmo.be is live
    10.055  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
    27.035  helmo.be      . session to node.uhasselt.be opened
    27.040  uhasselt.be   . session from node.helmo.be is live
    27.050  uhasselt.be   . session to node.helmo.be opened
    27.055  helmo.be      . session from node.uhasselt.be is live
    27.055  helmo.be        uhasselt.be: write guard lifted, both hold the same
    27.060  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    27.065  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
