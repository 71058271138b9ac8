# Both sides of an exchange on one node are one commit: when it fails or the process dies, neither
# has it.
itg.be lodges at uhasselt.be
nodes uhasselt.be itg.be
uhasselt.be cannot commit submission
uhasselt.be nominates A to itg.be
expect records 0 at uhasselt.be
expect records 0 at itg.be
uhasselt.be dies before committing submission
uhasselt.be nominates A to itg.be
uhasselt.be starts
expect records 0 at itg.be
uhasselt.be dies after committing submission
uhasselt.be nominates B to itg.be under key k
uhasselt.be starts
expect records 1 at itg.be
uhasselt.be nominates B to itg.be under key k
itg.be accepts B
expect B accepted at both
expect same
--
     0.000  uhasselt.be   ! the disk is full: nothing new can be stored
     0.000  uhasselt.be   > A: no answer (2 times)
     0.000  uhasselt.be   > B: no answer
     0.000  uhasselt.be   > B: kept, as answered before
     0.000  uhasselt.be   . records from itg.be: 1 new, 0 repeated
     0.000  uhasselt.be   . receipt from uhasselt.be: 1 delivered, 0 known
     0.000  itg.be        > B: kept
