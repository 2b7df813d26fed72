using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace AssemblyCensus.Options;

/// <summary>Options that refuse a wrong value with one sentence.</summary>
internal static class OptionChecks
{
    public static Option<int> WholeNumber(
        string name,
        string helpName,
        string description,
        int value,
        int least,
        int most
    ) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => value,
            CustomParser = result => Parse(result, name, least, most) ?? value,
        };

    public static Option<int?> OptionalWholeNumber(
        string name,
        string helpName,
        string description,
        int least,
        int most
    ) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => Parse(result, name, least, most),
        };

    public static void ExistingFolder(Option<string> option) =>
        option.Validators.Add(result =>
        {
            string folder = result.GetValue(option) ?? string.Empty;
            if (!Directory.Exists(folder))
            {
                result.AddError($"The folder '{folder}' does not exist; name an existing one with {option.Name}.");
            }
        });

    public static void WritableFile(Option<string?> option) =>
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) is { } file && WhyNotWritable(file) is { } reason)
            {
                result.AddError(
                    $"The file '{file}' cannot be written ({reason.TrimEnd('.')}); name another with {option.Name}."
                );
            }
        });

    private static int? Parse(ArgumentResult result, string name, int least, int most)
    {
        string text = result.Tokens[0].Value;
        if (
            int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number)
            && number >= least
            && number <= most
        )
        {
            return number;
        }

        result.AddError(
            most == int.MaxValue
                ? $"{name} is '{text}'; give a whole number, {least} or more."
                : $"{name} is '{text}'; give a whole number from {least} to {most}."
        );
        return null;
    }

    private static string? WhyNotWritable(string file)
    {
        if (file.Length == 0)
        {
            return "the name is empty";
        }

        try
        {
            bool existed = File.Exists(file);
            using (new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write)) { }

            if (!existed)
            {
                File.Delete(file);
            }

            return null;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return exception.Message;
        }
    }
}
