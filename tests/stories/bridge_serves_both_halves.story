# A node that reaches both halves deals with both; it carries nothing for others.
nodes helmo.be uhasselt.be zhaw.ch oulu.fi
settle
part in halves but for uhasselt.be
uhasselt.be nominates A to helmo.be
uhasselt.be nominates B to oulu.fi
helmo.be nominates C to oulu.fi
run 10m
expect A pending at both
expect B pending at both
expect outbox 1 at helmo.be
heal
settle within 20m
expect C pending at both
expect same
--
     0.010  zhaw.ch       . session to node.helmo.be opened
     0.010  oulu.fi       . session to node.zhaw.ch opened
     0.010  helmo.be      . session to node.oulu.fi opened
     0.010  uhasselt.be   . session to node.oulu.fi opened
     0.010  zhaw.ch       . session to node.oulu.fi opened
     0.010  zhaw.ch       . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.010  oulu.fi       . session to node.uhasselt.be opened
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  oulu.fi       . session to node.helmo.be opened
     0.010  uhasselt.be   . session to node.zhaw.ch opened
     0.010  helmo.be      . session to node.zhaw.ch opened
     0.015  zhaw.ch       . session from node.oulu.fi is live
     0.015  uhasselt.be   . session from node.zhaw.ch is live
     0.015  uhasselt.be   . session from node.oulu.fi is live
     0.015  oulu.fi       . session from node.uhasselt.be is live
     0.015  oulu.fi       . session from node.helmo.be is live
     0.015  oulu.fi       . session from node.zhaw.ch is live
     0.015  zhaw.ch       . session from node.uhasselt.be is live
     0.015  helmo.be      . session from node.zhaw.ch is live
     0.015  zhaw.ch       . session from node.helmo.be is live
     0.015  helmo.be      . session from node.oulu.fi is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.020  helmo.be        zhaw.ch: write guard lifted, both hold the same
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  oulu.fi         helmo.be: write guard lifted, both hold the same
     0.020  zhaw.ch         helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.020  oulu.fi         zhaw.ch: write guard lifted, both hold the same
     0.020  helmo.be        oulu.fi: write guard lifted, both hold the same
     0.020  uhasselt.be     zhaw.ch: write guard lifted, both hold the same
     0.020  oulu.fi         uhasselt.be: write guard lifted, both hold the same
     0.020  zhaw.ch         uhasselt.be: write guard lifted, both hold the same
     0.020  zhaw.ch         oulu.fi: write guard lifted, both hold the same
     0.020  uhasselt.be     oulu.fi: write guard lifted, both hold the same
     0.025  uhasselt.be   > A: kept
     0.025  uhasselt.be   > B: kept
     0.025  helmo.be      > C: kept
     0.030  oulu.fi       . records from uhasselt.be: 1 new, 0 repeated
     0.030  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.035  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.035  uhasselt.be   . receipt from oulu.fi: 1 delivered, 0 known
     2.025  helmo.be      . oulu.fi is silent about 1 records: sent again
     4.025  helmo.be        node.oulu.fi does not answer: kept, tried again by itself
    18.025  zhaw.ch         node.helmo.be does not answer: kept, tried again by itself
    18.025  helmo.be        node.zhaw.ch does not answer: kept, tried again by itself
    18.025  oulu.fi         node.helmo.be does not answer: kept, tried again by itself
   875.707  helmo.be      . session to node.oulu.fi opened
   875.712  oulu.fi       . session from node.helmo.be is live
   875.722  oulu.fi       . session to node.helmo.be opened
   875.727  helmo.be      . session from node.oulu.fi is live
   875.732  oulu.fi       . records from helmo.be: 1 new, 0 repeated
   875.737  helmo.be      . receipt from oulu.fi: 1 delivered, 0 known
