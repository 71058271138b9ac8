# A disk that takes no write any more: the node says so, tries again ever more rarely, and goes on
# when the disk is mended. What was receipted is still there.
stores on disk
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be disk breaks at every write
helmo.be nominates B to uhasselt.be
run 1m
expect outbox 1 at helmo.be
uhasselt.be disk is mended
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
     0.040  uhasselt.be   ! the database could not be read or written
     0.140  uhasselt.be     the node works again
     0.140  uhasselt.be   ! the database could not be read or written
     2.035  helmo.be      . uhasselt.be is silent about 1 records: sent again
     4.035  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    61.340  uhasselt.be     the node works again
    61.350  uhasselt.be   . session to node.helmo.be opened
    61.355  helmo.be      . session from node.uhasselt.be is live
    61.360  uhasselt.be     helmo.be: write guard lifted, both hold the same
    61.365  helmo.be      . session to node.uhasselt.be opened
    61.370  uhasselt.be   . session from node.helmo.be is live
    61.390  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    61.395  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
