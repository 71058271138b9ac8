# A node that nobody reached for a day has everything within a minute.
nodes helmo.be uhasselt.be zhaw.ch
settle
isolate zhaw.ch
helmo.be nominates A to zhaw.ch
zhaw.ch nominates B to uhasselt.be
helmo.be nominates C to uhasselt.be
run 1d
expect C pending at both
expect outbox 1 at helmo.be
expect outbox 1 at zhaw.ch
heal
settle within 20m
expect A pending at both
expect B pending at both
expect same
--
     0.010  uhasselt.be   . session to node.zhaw.ch opened
     0.010  zhaw.ch       . session to node.uhasselt.be opened
     0.010  helmo.be      . session to node.zhaw.ch opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  zhaw.ch       . session to node.helmo.be opened
     0.015  helmo.be      . session from node.zhaw.ch is live
     0.015  uhasselt.be   . session from node.zhaw.ch is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.015  zhaw.ch       . session from node.helmo.be is live
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  zhaw.ch       . session from node.uhasselt.be is live
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.020  zhaw.ch         uhasselt.be: write guard lifted, both hold the same
     0.020  uhasselt.be     zhaw.ch: write guard lifted, both hold the same
     0.020  helmo.be        zhaw.ch: write guard lifted, both hold the same
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  zhaw.ch         helmo.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.025  zhaw.ch       > B: kept
     0.025  helmo.be      > C: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     2.025  zhaw.ch       . uhasselt.be is silent about 1 records: sent again
     2.025  helmo.be      . zhaw.ch is silent about 1 records: sent again
     4.025  zhaw.ch         node.uhasselt.be does not answer: kept, tried again by itself
     4.025  helmo.be        node.zhaw.ch does not answer: kept, tried again by itself
    18.025  uhasselt.be     node.zhaw.ch does not answer: kept, tried again by itself
    18.025  zhaw.ch         node.helmo.be does not answer: kept, tried again by itself
 86615.533  zhaw.ch       . session to node.uhasselt.be opened
 86615.538  uhasselt.be   . session from node.zhaw.ch is live
 86615.548  uhasselt.be   . session to node.zhaw.ch opened
 86615.553  zhaw.ch       . session from node.uhasselt.be is live
 86615.558  uhasselt.be   . records from zhaw.ch: 1 new, 0 repeated
 86615.563  zhaw.ch       . receipt from uhasselt.be: 1 delivered, 0 known
 86935.785  helmo.be      . session to node.zhaw.ch opened
 86935.790  zhaw.ch       . session from node.helmo.be is live
 86935.800  zhaw.ch       . session to node.helmo.be opened
 86935.805  helmo.be      . session from node.zhaw.ch is live
 86935.810  zhaw.ch       . records from helmo.be: 1 new, 0 repeated
 86935.815  helmo.be      . receipt from zhaw.ch: 1 delivered, 0 known
