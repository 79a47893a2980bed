using System.Text.Json.Serialization;
using Library;
using Overseer;

[assembly: JobJson(typeof(LibraryJson))]

namespace Library;

// The library does without reflection, while the project that refers to it has no context: one worker runs both.
[JsonSerializable(typeof(Text))]
[JsonSerializable(typeof(Words))]
[JsonSourceGenerationOptions(
    IncludeFields = true,
    PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
internal sealed partial class LibraryJson : JsonSerializerContext;
