# A slow line delays, and loses nothing.
nodes helmo.be uhasselt.be
network delay 800ms jitter 400ms
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be accepts A
helmo.be nominates B to uhasselt.be
settle
expect A accepted at both
expect B pending at both
expect same
--
     1.000  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
     1.000  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
     5.483  uhasselt.be   . session to node.helmo.be opened
     5.536  helmo.be      . session to node.uhasselt.be opened
     6.351  helmo.be      . session from node.uhasselt.be is live
     6.364  uhasselt.be   . session from node.helmo.be is live
     7.353  uhasselt.be     helmo.be: write guard lifted, both hold the same
     7.527  helmo.be        uhasselt.be: write guard lifted, both hold the same
     8.520  helmo.be      > A: kept
     9.595  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.520  helmo.be      . uhasselt.be is silent about 1 records: sent again
    10.590  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    11.643  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    12.781  helmo.be      . receipt from uhasselt.be: 0 delivered, 1 known
    12.781  uhasselt.be   > A: kept
    12.781  helmo.be      > B: kept
    13.600  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    13.754  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    14.766  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    14.781  uhasselt.be   . helmo.be is silent about 1 records: sent again
    14.872  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    15.685  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    16.580  uhasselt.be   . receipt from helmo.be: 0 delivered, 1 known
