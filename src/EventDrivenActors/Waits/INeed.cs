namespace EventDrivenActors.Waits;

/// <summary>Something that a wait needs: it comes about once what it needs itself has come about.</summary>
internal interface INeed
{
    /// <summary>Whether one of its needs is enough, as one free worker of a pool is.</summary>
    bool OneIsEnough => false;

    /// <summary>Its name in messages.</summary>
    string Description => ToString() ?? "";

    /// <summary>Adds the needs that must come about first. A need that adds none comes about by itself.</summary>
    /// <param name="needs">The list to add to.</param>
    /// <param name="certainly">Leaves out what is only possible: a wait that a handler may have begun without waiting
    /// for its end.</param>
    void AddNeeds(List<INeed> needs, bool certainly);
}
