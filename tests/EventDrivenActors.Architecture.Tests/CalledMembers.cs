using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace EventDrivenActors.Architecture.Tests;

/// <summary>
/// Which methods the code of an assembly calls or refers to, read from its instructions: overloads, lambdas and state
/// machines included.
/// </summary>
internal static class CalledMembers
{
    private const BindingFlags All =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    /// <summary>The calls of a type and of all that is nested in it.</summary>
    public static IEnumerable<MethodBase> Of(Type type) =>
        type.GetMethods(All)
            .Cast<MethodBase>()
            .Concat(type.GetConstructors(All))
            .SelectMany(Of)
            .Concat(type.GetNestedTypes(All).SelectMany(Of));

    /// <summary>A method as text: <c>Namespace.Type::Method(Parameter, Parameter)</c>.</summary>
    public static string Describe(MethodBase called)
    {
        Type? declaring = called.DeclaringType is { IsGenericType: true } generic
            ? generic.GetGenericTypeDefinition()
            : called.DeclaringType;
        string parameters = string.Join(", ", called.GetParameters().Select(parameter => parameter.ParameterType.Name));
        return $"{declaring?.FullName}::{called.Name}({parameters})";
    }

    private static IEnumerable<MethodBase> Of(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        Type[]? typeArguments = method.DeclaringType is { IsGenericType: true } type
            ? type.GetGenericArguments()
            : null;
        Type[]? methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int at = 0; at < code.Length;)
        {
            OpCode operation = Codes[code[at] == 0xFE ? 0xFE00 | code[at + 1] : code[at]];
            at += operation.Size;
            if (operation.OperandType == OperandType.InlineMethod)
            {
                yield return method.Module.ResolveMethod(
                    BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at)),
                    typeArguments,
                    methodArguments
                )!;
            }

            at += OperandSize(operation.OperandType, code, at);
        }
    }

    private static int OperandSize(OperandType type, byte[] code, int at) =>
        type switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at))),
            _ => 4,
        };
}
