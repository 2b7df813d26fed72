namespace AssemblyCensus;

/// <summary>Something the user can put right; its message is the one sentence that is printed.</summary>
internal sealed class CensusException(string sentence, Exception? inner = null) : Exception(sentence, inner);
