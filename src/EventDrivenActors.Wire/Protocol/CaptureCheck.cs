using System.Reflection;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Wire.Protocol;

/// <summary>Refuses delegates that carry anything besides a method, and says what they carry.</summary>
internal static class CaptureCheck
{
    private const string Remedy = "make it static, or pass the value as an argument.";

    public static void Require(Delegate function)
    {
        if (!function.HasSingleTarget)
        {
            throw Refused(
                $"The function combines {function.GetInvocationList().Length} methods, of which only one can be sent "
                    + "to the child; submit them one by one."
            );
        }

        MethodInfo method = function.Method;
        if (method.DeclaringType is not { } type)
        {
            throw Refused(
                $"The function '{method.Name}' was generated at run time, so the child cannot find it; use a method "
                    + "of a compiled assembly."
            );
        }

        if (function.Target is not { } target)
        {
            return;
        }

        if (method.IsStatic)
        {
            throw Refused(
                $"The function '{method.Name}' of {type} is bound to a value of type '{target.GetType()}', which "
                    + $"cannot be sent to the child with it; {Remedy}"
            );
        }

        if (CompilerNames.IsLambdaHolder(type))
        {
            return;
        }

        throw Refused(
            CompilerNames.IsClosure(type)
                ? $"The function captures {Captures(target)}, which cannot be sent to the child with it; {Remedy}"
            : CompilerNames.IsLambdaMethod(method)
                ? $"The function captures 'this' of type '{type}', which cannot be sent to the child with it; {Remedy}"
            : $"The method '{method.Name}' belongs to an instance of '{target.GetType()}', which cannot be sent to "
                + $"the child with it; {Remedy}"
        );
    }

    private static string Captures(object closure)
    {
        List<string> names = new List<string>();
        Collect(closure, names);

        // All functions of a block share one closure, and no more is known of this one than that it uses some of that.
        return names.Count switch
        {
            0 => $"an instance of '{closure.GetType()}'",
            1 => names[0],
            _ => $"one of {string.Join(", ", names.SkipLast(1))} and {names[^1]}",
        };
    }

    private static void Collect(object closure, List<string> names)
    {
        foreach (FieldInfo field in CompilerNames.FieldsOf(closure.GetType()))
        {
            if (CompilerNames.IsOuterClosure(field))
            {
                if (field.GetValue(closure) is { } outer)
                {
                    Collect(outer, names);
                }
            }
            else if (!field.Name.StartsWith("<>9", StringComparison.Ordinal))
            {
                // Fields called <>9 cache delegates of the closure itself; the user captured nothing by them.
                names.Add(
                    CompilerNames.IsCapturedThis(field)
                        ? $"'this' of type '{field.FieldType}'"
                        : $"'{CompilerNames.UserName(field)}' of type '{field.FieldType}'"
                );
            }
        }
    }

    private static ArgumentException Refused(string sentence) => new(sentence);
}
