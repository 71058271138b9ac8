# A node that cannot read its store serves nobody and claims nothing: it stays down until it can.
stores on disk
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be stops
uhasselt.be disk breaks at every read
uhasselt.be cannot start
helmo.be nominates B to uhasselt.be
run 10s
expect outbox 1 at helmo.be
uhasselt.be disk is mended
uhasselt.be starts
settle within 2m
expect A pending at both
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
     0.035  helmo.be      > B: kept
     2.035  helmo.be      . uhasselt.be is silent about 1 records: sent again
     4.035  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    10.045  uhasselt.be   . session to node.helmo.be opened
    10.050  helmo.be      . session from node.uhasselt.be is live
    10.055  uhasselt.be     helmo.be: write guard lifted, both hold the same
    10.060  helmo.be      . session to node.uhasselt.be opened
    10.065  uhasselt.be   . session from node.helmo.be is live
    10.085  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.090  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
