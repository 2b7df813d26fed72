namespace EventDrivenActors.Wire.Payloads;

/// <summary>A type that a walk over the fields of types has come to, and the type whose field led to it.</summary>
internal sealed record TypeStep(Type Type, TypeStep? From)
{
    /// <summary>How often the walk has come through the same generic type with smaller arguments.</summary>
    public int Growth
    {
        get
        {
            if (!Type.IsConstructedGenericType)
            {
                return 0;
            }

            Type definition = Type.GetGenericTypeDefinition();
            int size = Size(Type);
            int growth = 0;
            for (TypeStep? step = From; step is not null; step = step.From)
            {
                if (
                    step.Type.IsConstructedGenericType
                    && step.Type.GetGenericTypeDefinition() == definition
                    && Size(step.Type) < size
                )
                {
                    growth++;
                }
            }

            return growth;
        }
    }

    private static int Size(Type type) =>
        type.HasElementType ? 1 + Size(type.GetElementType()!)
        : type.IsConstructedGenericType ? 1 + type.GetGenericArguments().Sum(Size)
        : 1;
}
