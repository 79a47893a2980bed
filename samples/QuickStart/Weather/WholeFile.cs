using System.Text;

namespace QuickStart;

/// <summary>Writes a file whole or not at all, so that a job may do it again after a crash.</summary>
public static class WholeFile
{
    /// <summary>Writes UTF-8 text beside the file, then puts it in its place.</summary>
    public static void Write(string path, Action<TextWriter> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var writer = new StreamWriter(draft, append: false, new UTF8Encoding(false)) { NewLine = "\n" }) write(writer);
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
