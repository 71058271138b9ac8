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
     1.000  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
     1.000  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
     2.853  uhasselt.be   . session to node.helmo.be opened
     2.943  helmo.be      . session to node.uhasselt.be opened
     3.917  uhasselt.be   . session from node.helmo.be is live
     4.018  helmo.be      . session from node.uhasselt.be is live
     4.749  helmo.be        uhasselt.be: write guard lifted, both hold the same
     5.207  uhasselt.be     helmo.be: write guard lifted, both hold the same
     7.046  helmo.be      > A: kept
     8.070  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     9.007  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     9.517  uhasselt.be   > A: kept
     9.517  helmo.be      > B: kept
    10.342  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    10.577  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    11.446  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    11.517  helmo.be      . uhasselt.be is silent about 1 records: sent again
    11.589  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    12.716  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    13.547  helmo.be      . receipt from uhasselt.be: 0 delivered, 1 known
