# Half a second each way to Finland are no reason to give up, nor to be slow with neighbours.
nodes helmo.be uhasselt.be oulu.fi
delay between be fi 500ms
settle within 10s
helmo.be nominates A to uhasselt.be
settle within 1s
helmo.be nominates B to oulu.fi
settle within 10s
expect A pending at both
expect B pending at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     1.000  oulu.fi       . session to node.helmo.be opened
     1.000  oulu.fi         node.uhasselt.be cannot be reached: kept, tried again by itself
     1.000  uhasselt.be   . session to node.oulu.fi opened
     1.000  helmo.be      . session to node.oulu.fi opened
     1.500  oulu.fi       . session from node.helmo.be is live
     1.500  helmo.be      . session from node.oulu.fi is live
     1.500  oulu.fi       . session from node.uhasselt.be is live
     2.000  uhasselt.be     oulu.fi: write guard lifted, both hold the same
     2.000  oulu.fi         helmo.be: write guard lifted, both hold the same
     2.000  helmo.be        oulu.fi: write guard lifted, both hold the same
     2.500  oulu.fi       . session to node.uhasselt.be opened
     3.000  uhasselt.be   . session from node.oulu.fi is live
     3.500  oulu.fi         uhasselt.be: write guard lifted, both hold the same
     4.000  helmo.be      > A: kept
     4.005  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     4.010  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     4.010  helmo.be      > B: kept
     4.510  oulu.fi       . records from helmo.be: 1 new, 0 repeated
     5.010  helmo.be      . receipt from oulu.fi: 1 delivered, 0 known
