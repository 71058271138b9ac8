# A way of five seconds there and back is slow, and not dead: its sessions last.
nodes helmo.be uhasselt.be
network delay 2500ms
settle within 2m
helmo.be nominates A to uhasselt.be
settle within 1m
uhasselt.be accepts A
settle within 1m
expect A accepted at both
expect sessions 1 at helmo.be
expect sessions 1 at uhasselt.be
expect same
--
     1.000  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
     1.000  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
    13.118  uhasselt.be   . session to node.helmo.be opened
    13.185  helmo.be      . session to node.uhasselt.be opened
    15.618  helmo.be      . session from node.uhasselt.be is live
    15.685  uhasselt.be   . session from node.helmo.be is live
    18.118  uhasselt.be     helmo.be: write guard lifted, both hold the same
    18.185  helmo.be        uhasselt.be: write guard lifted, both hold the same
    22.185  helmo.be      > A: kept
    24.185  helmo.be      . uhasselt.be is silent about 1 records: sent again
    24.685  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    26.685  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    27.185  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    29.185  helmo.be      . receipt from uhasselt.be: 0 delivered, 1 known
    29.185  uhasselt.be   > A: kept
    31.185  uhasselt.be   . helmo.be is silent about 1 records: sent again
    31.685  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    33.685  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    34.185  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    36.185  uhasselt.be   . receipt from helmo.be: 0 delivered, 1 known
