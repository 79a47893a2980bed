using Microsoft.CodeAnalysis.Diagnostics;

namespace Overseer.Generators.Analyzers;

/// <summary>Writes the lock file during a build that asks for it: the only time that the compiler is let near a file.</summary>
internal static class LockUpdate
{
    public static bool IsWanted(AnalyzerConfigOptions options) =>
        options.TryGetValue("build_property.UpdateOverseerLock", out var value) && value.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Replaces the file as a whole; says why it cannot.</summary>
    public static string? TryWrite(string path, string text)
    {
#pragma warning disable RS1035 // Analyzers have no business with files, except where the user's build says so.
        // Builds for several frameworks may come here at once.
        var beside = $"{path}.{Guid.NewGuid():N}";
        try
        {
            if ((File.GetAttributes(path) & FileAttributes.ReadOnly) != 0) return "it is read-only";
            File.WriteAllText(beside, text);
            File.Replace(beside, path, null);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Remove(beside);
            return failure.Message;
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It lies beside the file that could not be written, and says as much.
        }
#pragma warning restore RS1035
    }
}
