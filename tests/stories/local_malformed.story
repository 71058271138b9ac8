# What cannot be read is not taken on one node either: the author's own records are checked to the
# ground. It is stuck, those beside it go.
itg.be lodges at uhasselt.be
nodes uhasselt.be itg.be
uhasselt.be crafts X1..X3 spoilt to itg.be
settle
expect stuck 1 at uhasselt.be
expect X2..X3 pending at both
expect X1 empty at itg.be
--
     0.000  uhasselt.be   ! uhasselt.be sent records that do not hold: not a well-formed message
     0.000  uhasselt.be   ! itg.be could not take records of ours: not a well-formed message
     0.000  uhasselt.be   . records from uhasselt.be: 2 new, 0 repeated
     0.000  uhasselt.be   . receipt from itg.be: 2 delivered, 0 known
